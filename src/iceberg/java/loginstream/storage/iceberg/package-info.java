/** Logins into an Iceberg table on object storage: a batch of rows comes in, and is part of the table's next snapshot, once, when it leaves. {@link loginstream.storage.iceberg.IcebergSink} is the door. */
package loginstream.storage.iceberg;
