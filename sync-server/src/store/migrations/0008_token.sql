-- A token opens what a phone does, or nothing.
ALTER TABLE token DROP COLUMN scope;
