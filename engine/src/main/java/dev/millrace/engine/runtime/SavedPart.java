package dev.millrace.engine.runtime;

import java.util.List;

/** What one instance of a node kept when a barrier passed it. */
record SavedPart(int node, int subtask, List<SavedTable> tables) {}
