-- The CRC-32 of a verified blob, from the same pass as its hash.
ALTER TABLE blob ADD COLUMN crc32 BIGINT;
