package dev.millrace.benchmarks.nexmark;

import dev.millrace.engine.batch.ByteHeap;

/**
 * One event of the auction site, reused for event after event: a new person, a new auction or a
 * bid. Texts are ranges of {@link #texts}, valid until the next event.
 */
final class NexmarkEvent {
  static final int PERSON = 0;
  static final int AUCTION = 1;
  static final int BID = 2;

  /** A range of {@link NexmarkEvent#texts}. */
  static final class Text {
    int start;
    int length;
  }

  final ByteHeap texts = new ByteHeap(1024);

  int type;
  long dateTime;
  final Text extra = new Text();

  /** Of a person or an auction. */
  long id;

  final Text name = new Text();
  final Text emailAddress = new Text();
  final Text creditCard = new Text();
  final Text city = new Text();
  final Text state = new Text();

  final Text itemName = new Text();
  final Text description = new Text();
  long initialBid;
  long reserve;
  long expires;
  long seller;
  long category;

  long auction;
  long bidder;
  long price;
  final Text channel = new Text();
  final Text url = new Text();
}
