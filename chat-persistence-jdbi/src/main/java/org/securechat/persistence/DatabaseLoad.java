package org.securechat.persistence;

/**
 * How busy a database is at one moment.
 *
 * @param changesWaiting for the writer
 * @param readsRunning on the threads that read
 * @param readsWaiting for one of them
 * @param readConnections that are open
 * @param readConnectionsBusy of these
 */
public record DatabaseLoad(
    int changesWaiting,
    int readsRunning,
    int readsWaiting,
    int readConnections,
    int readConnectionsBusy) {}
