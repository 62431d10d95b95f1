DROP TABLE closed_accounts;
DROP TABLE blocks;
DROP TABLE pending_resets;
DROP TABLE login_tickets;
