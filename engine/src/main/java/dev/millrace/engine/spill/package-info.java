/**
 * State that is larger than memory. An operator that takes too much is cut into shards by the hash
 * of the key, each a smaller operator of the same kind: as many as fit are in memory, the others
 * lie on disk, and what comes for them waits until it is worth bringing them in.
 */
package dev.millrace.engine.spill;
