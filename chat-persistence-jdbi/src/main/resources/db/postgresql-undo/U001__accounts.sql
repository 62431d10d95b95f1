DROP TABLE used_signatures;
DROP TABLE secret_check;
DROP TABLE attempts;
DROP TABLE sessions;
DROP TABLE pending_registrations;
DROP TABLE used_totp_steps;
DROP TABLE recovery_codes;
DROP TABLE users;
