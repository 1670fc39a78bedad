CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE account (
	id VARCHAR(24) NOT NULL,
	position INTEGER NOT NULL,
	name VARCHAR(80) NOT NULL,
	role VARCHAR(16) NOT NULL,
	enabled BOOLEAN NOT NULL,
	created_at BIGINT NOT NULL,
	last_sign_in_at BIGINT,
	password_hash TEXT,
	totp_sealed BLOB,
	totp_last_step BIGINT NOT NULL,
	issuer TEXT,
	subject TEXT,
	PRIMARY KEY (id),
	CONSTRAINT account_identity UNIQUE (issuer, subject),
	UNIQUE (position),
	UNIQUE (name)
);
CREATE TABLE recovery_code (
	account VARCHAR(24) NOT NULL,
	code VARCHAR(64) NOT NULL,
	PRIMARY KEY (account, code),
	FOREIGN KEY(account) REFERENCES account (id)
);
CREATE TABLE account_event (
	position INTEGER NOT NULL,
	at BIGINT NOT NULL,
	act VARCHAR(40) NOT NULL,
	actor VARCHAR(24),
	account VARCHAR(24),
	detail VARCHAR(40) NOT NULL,
	single_person BOOLEAN NOT NULL,
	PRIMARY KEY (position)
);
CREATE TABLE link (
	token VARCHAR(64) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	role VARCHAR(16) NOT NULL,
	account VARCHAR(24),
	created_by VARCHAR(24),
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id),
	FOREIGN KEY(created_by) REFERENCES account (id)
);
CREATE TABLE sign_in_failure (
	name_key VARCHAR(64) NOT NULL,
	count INTEGER NOT NULL,
	last_at BIGINT NOT NULL,
	locked_until BIGINT,
	PRIMARY KEY (name_key)
);
CREATE TABLE staff_session (
	token VARCHAR(64) NOT NULL,
	account VARCHAR(24) NOT NULL,
	stage VARCHAR(8) NOT NULL,
	opened_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	pending_totp BLOB,
	tries INTEGER NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id)
);
CREATE INDEX staff_session_account ON staff_session (account);
CREATE TABLE sign_in_flow (
	state VARCHAR(64) NOT NULL,
	browser VARCHAR(64) NOT NULL,
	nonce TEXT NOT NULL,
	verifier TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (state)
);
CREATE TABLE register_version (
	position INTEGER NOT NULL,
	id VARCHAR(64) NOT NULL,
	data BLOB NOT NULL,
	signature BLOB NOT NULL,
	public_key BLOB NOT NULL,
	at BIGINT NOT NULL,
	"by" VARCHAR(24) NOT NULL,
	note TEXT NOT NULL,
	PRIMARY KEY (position),
	UNIQUE (id)
);
CREATE TABLE used_token (
	token_id VARCHAR(64) NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (token_id)
);
CREATE TABLE entry_code (
	code VARCHAR(64) NOT NULL,
	expires_at BIGINT NOT NULL,
	person VARCHAR(64) NOT NULL,
	app TEXT NOT NULL,
	guardian VARCHAR(64),
	birth_date VARCHAR(10),
	authenticated_at BIGINT,
	since BIGINT NOT NULL,
	session_expires_at BIGINT NOT NULL, account BLOB,
	PRIMARY KEY (code)
);
CREATE TABLE individual_session (
	token VARCHAR(64) NOT NULL,
	person VARCHAR(64) NOT NULL,
	app TEXT NOT NULL,
	guardian VARCHAR(64),
	birth_date VARCHAR(10),
	authenticated_at BIGINT,
	since BIGINT NOT NULL,
	session_expires_at BIGINT NOT NULL, account BLOB,
	PRIMARY KEY (token)
);
CREATE TABLE consent_state (
	id INTEGER NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE consent_person (
	person VARCHAR(64) NOT NULL,
	ordinal BIGINT NOT NULL,
	deletion BOOLEAN NOT NULL,
	PRIMARY KEY (person),
	UNIQUE (ordinal)
);
CREATE INDEX consent_person_deletion ON consent_person (ordinal) WHERE deletion;
CREATE TABLE consent_act (
	position BIGINT NOT NULL,
	person VARCHAR(64) NOT NULL,
	at BIGINT NOT NULL,
	item TEXT NOT NULL,
	act VARCHAR(16) NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	form VARCHAR(16) NOT NULL,
	by_guardian BOOLEAN NOT NULL,
	until BIGINT,
	notice VARCHAR(64) NOT NULL,
	lang VARCHAR(8) NOT NULL,
	surface TEXT NOT NULL,
	steps INTEGER NOT NULL,
	relation TEXT,
	method TEXT,
	reason TEXT NOT NULL,
	prompt TEXT NOT NULL,
	register VARCHAR(64) NOT NULL,
	law TEXT NOT NULL, guardian TEXT,
	PRIMARY KEY (position)
);
CREATE INDEX consent_act_person ON consent_act (person, item);
CREATE INDEX consent_act_until ON consent_act (until) WHERE until IS NOT NULL;
CREATE TABLE consent_merge (
	position BIGINT NOT NULL,
	at BIGINT NOT NULL,
	one VARCHAR(64) NOT NULL,
	other VARCHAR(64) NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX consent_merge_one ON consent_merge (one);
CREATE INDEX consent_merge_other ON consent_merge (other);
CREATE TABLE consent_setting (
	position BIGINT NOT NULL,
	person VARCHAR(64) NOT NULL,
	at BIGINT NOT NULL,
	what TEXT NOT NULL,
	allows BOOLEAN NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX consent_setting_person ON consent_setting (person);
CREATE TABLE consent_follow_up (
	withdrawal BIGINT NOT NULL,
	kind VARCHAR(16) NOT NULL,
	recipient TEXT NOT NULL,
	person VARCHAR(64) NOT NULL,
	item TEXT NOT NULL,
	due BIGINT NOT NULL,
	state VARCHAR(16) NOT NULL,
	done_at BIGINT,
	done BIGINT,
	PRIMARY KEY (withdrawal, kind, recipient)
);
CREATE INDEX consent_follow_up_person ON consent_follow_up (person);
CREATE INDEX consent_follow_up_due ON consent_follow_up (state, due);
CREATE TABLE individual (
	person VARCHAR(64) NOT NULL,
	birth_date VARCHAR(10),
	account VARCHAR(16),
	PRIMARY KEY (person)
);
CREATE TABLE api_key (
	id VARCHAR(40) NOT NULL,
	scopes TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	expires_at BIGINT,
	revoked_at BIGINT, recipient TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE api_key_secret (
	hash VARCHAR(64) NOT NULL,
	"key" VARCHAR(40) NOT NULL,
	valid_until BIGINT,
	PRIMARY KEY (hash),
	FOREIGN KEY("key") REFERENCES api_key (id)
);
CREATE INDEX api_key_secret_key ON api_key_secret ("key");
CREATE TABLE api_key_act (
	number INTEGER NOT NULL,
	act VARCHAR(40) NOT NULL,
	"key" VARCHAR(40) NOT NULL,
	detail TEXT NOT NULL,
	"by" VARCHAR(24) NOT NULL,
	PRIMARY KEY (number)
);
CREATE TABLE use_state (
	id INTEGER NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE use_person (
	ordinal BIGINT NOT NULL,
	person VARCHAR(64) NOT NULL,
	deletion BIGINT,
	PRIMARY KEY (ordinal),
	UNIQUE (person)
);
CREATE TABLE use_record (
	position BIGINT NOT NULL,
	ordinal BIGINT NOT NULL,
	at BIGINT NOT NULL,
	kind VARCHAR(24) NOT NULL,
	activity TEXT NOT NULL,
	recipient TEXT NOT NULL,
	item TEXT NOT NULL,
	register VARCHAR(64) NOT NULL,
	outcome VARCHAR(8) NOT NULL,
	rules TEXT NOT NULL,
	categories TEXT,
	consents TEXT NOT NULL,
	request TEXT NOT NULL,
	seen BIGINT NOT NULL,
	started BOOLEAN NOT NULL,
	age VARCHAR(8) NOT NULL,
	count BIGINT NOT NULL,
	permitted BIGINT NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX use_record_of ON use_record (ordinal, at);
CREATE INDEX use_record_kind ON use_record (kind, at);
CREATE TABLE rights_request (
	id VARCHAR(24) NOT NULL,
	person VARCHAR(64) NOT NULL,
	stage VARCHAR(24) NOT NULL,
	number INTEGER NOT NULL,
	received BIGINT NOT NULL,
	due_on VARCHAR(10) NOT NULL,
	next_at BIGINT,
	body BLOB NOT NULL,
	sealed BLOB,
	fence INTEGER NOT NULL,
	lease_owner TEXT NOT NULL,
	lease_until BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_request_person ON rights_request (person);
CREATE INDEX rights_request_stage ON rights_request (stage, due_on);
CREATE INDEX rights_request_next ON rights_request (next_at);
CREATE TABLE rights_line (
	request VARCHAR(24) NOT NULL,
	number INTEGER NOT NULL,
	at BIGINT NOT NULL,
	event VARCHAR(24),
	stage VARCHAR(24) NOT NULL,
	"by" VARCHAR(24) NOT NULL,
	note TEXT NOT NULL,
	position BIGINT,
	PRIMARY KEY (request, number),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_line_position ON rights_line (position);
CREATE TABLE rights_notice (
	id VARCHAR(64) NOT NULL,
	request VARCHAR(24) NOT NULL,
	outside BLOB NOT NULL,
	state VARCHAR(16) NOT NULL,
	attempts INTEGER NOT NULL,
	next_at BIGINT,
	PRIMARY KEY (id),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_notice_request ON rights_notice (request);
CREATE INDEX rights_notice_next ON rights_notice (next_at);
CREATE TABLE rights_task (
	id VARCHAR(64) NOT NULL,
	request VARCHAR(24) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	store TEXT NOT NULL,
	what_zh TEXT NOT NULL,
	what_en TEXT,
	since BIGINT NOT NULL,
	done_by VARCHAR(24) NOT NULL,
	done_at BIGINT,
	note TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_task_request ON rights_task (request);
CREATE INDEX rights_task_open ON rights_task (done_at, since);
CREATE TABLE rights_suppression (
	person VARCHAR(64) NOT NULL,
	since BIGINT NOT NULL,
	request VARCHAR(24) NOT NULL,
	PRIMARY KEY (person)
);
CREATE TABLE rights_hold (
	id VARCHAR(24) NOT NULL,
	person VARCHAR(64) NOT NULL,
	of_table TEXT NOT NULL,
	reason_zh TEXT NOT NULL,
	reason_en TEXT,
	until BIGINT,
	secret INTEGER NOT NULL,
	since BIGINT NOT NULL,
	set_by VARCHAR(24) NOT NULL,
	lifted_at BIGINT,
	lifted_by VARCHAR(24) NOT NULL,
	settled INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_hold_person ON rights_hold (person);
CREATE TABLE rights_notification (
	id VARCHAR(96) NOT NULL,
	body BLOB,
	attempts INTEGER NOT NULL,
	at BIGINT NOT NULL,
	next_at BIGINT,
	lost INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_notification_next ON rights_notification (next_at);
CREATE TABLE rights_look (
	request VARCHAR(24) NOT NULL,
	stage VARCHAR(24),
	body BLOB,
	PRIMARY KEY (request)
);
CREATE INDEX rights_look_stage ON rights_look (stage);
CREATE TABLE app_release (
	id VARCHAR(16) NOT NULL,
	app TEXT NOT NULL,
	file_name TEXT NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size BIGINT NOT NULL,
	submitted_by TEXT NOT NULL,
	submitted_at BIGINT NOT NULL,
	state VARCHAR(16) NOT NULL,
	changed_at BIGINT NOT NULL,
	error TEXT NOT NULL,
	result TEXT,
	decision TEXT,
	PRIMARY KEY (id)
);
CREATE INDEX app_release_state ON app_release (state, submitted_at);
CREATE INDEX app_release_app ON app_release (app, state, changed_at);
CREATE TABLE kit_vetting (
	id VARCHAR(16) NOT NULL,
	asks VARCHAR(16) NOT NULL,
	recipient TEXT NOT NULL,
	version TEXT NOT NULL,
	file_name TEXT NOT NULL,
	sha256 VARCHAR(64) NOT NULL,
	size BIGINT NOT NULL,
	submitted_by TEXT NOT NULL,
	submitted_at BIGINT NOT NULL,
	state VARCHAR(16) NOT NULL,
	changed_at BIGINT NOT NULL,
	error TEXT NOT NULL,
	result TEXT,
	ruling TEXT,
	withdraws VARCHAR(16),
	why TEXT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX kit_vetting_state ON kit_vetting (state, submitted_at);
CREATE TABLE automated_decision (
	"key" VARCHAR(64) NOT NULL,
	person VARCHAR(64) NOT NULL,
	position BIGINT,
	at BIGINT NOT NULL,
	personal BOOLEAN NOT NULL,
	off BOOLEAN NOT NULL,
	alarms TEXT NOT NULL,
	PRIMARY KEY ("key")
);
CREATE INDEX automated_decision_person ON automated_decision (person, at);
CREATE INDEX automated_decision_at ON automated_decision (at);
CREATE INDEX automated_decision_position ON automated_decision (position);
CREATE TABLE dossier (
	id VARCHAR(16) NOT NULL,
	sort VARCHAR(32) NOT NULL,
	person VARCHAR(64) NOT NULL,
	handed_in VARCHAR(64) NOT NULL,
	opened_at BIGINT NOT NULL,
	state VARCHAR(32) NOT NULL,
	final_at BIGINT,
	due_at BIGINT,
	PRIMARY KEY (id)
);
CREATE INDEX dossier_sort ON dossier (sort, final_at, due_at);
CREATE INDEX dossier_person ON dossier (person);
CREATE INDEX dossier_handed_in ON dossier (handed_in);
CREATE TABLE dossier_act (
	dossier VARCHAR(16) NOT NULL,
	number INTEGER NOT NULL,
	what VARCHAR(32) NOT NULL,
	"by" VARCHAR(64) NOT NULL,
	party VARCHAR(16) NOT NULL,
	at BIGINT NOT NULL,
	single_person BOOLEAN NOT NULL,
	fields TEXT NOT NULL,
	digest VARCHAR(64) NOT NULL,
	sealed BLOB,
	position BIGINT,
	PRIMARY KEY (dossier, number),
	FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX dossier_act_position ON dossier_act (position);
CREATE TABLE border_state (
	id INTEGER NOT NULL,
	position BIGINT NOT NULL,
	at_most BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE border_plane (
	day VARCHAR(10) NOT NULL,
	recipient TEXT NOT NULL,
	sort VARCHAR(16) NOT NULL,
	scene VARCHAR(32) NOT NULL,
	chunk BIGINT NOT NULL,
	people BLOB NOT NULL,
	PRIMARY KEY (day, recipient, sort, scene, chunk)
);
CREATE TABLE border_alias (
	ordinal BIGINT NOT NULL,
	root BIGINT NOT NULL,
	PRIMARY KEY (ordinal)
);
CREATE INDEX border_alias_root ON border_alias (root);
CREATE TABLE control_run (
	position BIGINT NOT NULL,
	control TEXT NOT NULL,
	at BIGINT NOT NULL,
	outcome VARCHAR(32) NOT NULL,
	looked_at BIGINT NOT NULL,
	wrong BIGINT NOT NULL,
	why TEXT,
	digest VARCHAR(64) NOT NULL,
	register TEXT NOT NULL,
	faults TEXT NOT NULL,
	newest TEXT NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX control_run_at ON control_run (at);
CREATE TABLE control_newest (
	control TEXT NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (control)
);
CREATE TABLE board_status (
	day VARCHAR(10) NOT NULL,
	duty TEXT NOT NULL,
	status VARCHAR(16) NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (day, duty)
);
CREATE INDEX board_status_position ON board_status (position);
CREATE TABLE saved_filter (
	id VARCHAR(24) NOT NULL,
	owner VARCHAR(24) NOT NULL,
	place TEXT NOT NULL,
	"query" TEXT NOT NULL,
	name TEXT NOT NULL,
	shared BOOLEAN NOT NULL,
	made_at BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX saved_filter_owner ON saved_filter (owner);
CREATE TABLE consent_day (
	day INTEGER NOT NULL,
	item TEXT NOT NULL,
	act VARCHAR(16) NOT NULL,
	records BIGINT NOT NULL,
	people BIGINT NOT NULL,
	PRIMARY KEY (day, item, act)
);
CREATE INDEX individual_birth_date ON individual (birth_date);
INSERT INTO alembic_version VALUES ('0019');
