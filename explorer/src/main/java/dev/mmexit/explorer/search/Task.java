package dev.mmexit.explorer.search;

/**
 * A part of the search that a worker can take over.
 *
 * @param path the choices that lead to the frame's state
 * @param frame the state and the choices to try there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Task(byte[] path, Frame frame) {}
