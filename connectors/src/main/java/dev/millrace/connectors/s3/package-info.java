/**
 * Checkpoints and savepoints in an object store with the API of Amazon S3. The client's classes are
 * loaded when the first {@code s3:} URI is opened.
 */
package dev.millrace.connectors.s3;
