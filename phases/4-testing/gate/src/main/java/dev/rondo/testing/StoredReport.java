package dev.rondo.testing;

/**
 * A report file of a job, kept as a blob.
 *
 * @param name of the job, as people read it
 * @param cause position of the event that brought it
 */
record StoredReport(String job, String path, String name, String digest, long size, long cause) {}
