-- A log holds signed lines only, so that its watermark is also the last signed seq.
ALTER TABLE device_store DROP COLUMN signed_through;
