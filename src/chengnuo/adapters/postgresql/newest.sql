CREATE TABLE alembic_version (
	version_num TEXT NOT NULL PRIMARY KEY
);
INSERT INTO alembic_version VALUES ('0019');
CREATE TABLE account (
	id TEXT COLLATE "C" NOT NULL,
	position INTEGER NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	enabled BOOLEAN NOT NULL,
	created_at BIGINT NOT NULL,
	last_sign_in_at BIGINT,
	password_hash TEXT COLLATE "C",
	totp_sealed BYTEA,
	totp_last_step BIGINT NOT NULL,
	issuer TEXT COLLATE "C",
	subject TEXT COLLATE "C",
	PRIMARY KEY (id),
	CONSTRAINT account_identity UNIQUE (issuer, subject),
	UNIQUE (position),
	UNIQUE (name)
);
CREATE TABLE account_event (
	position SERIAL NOT NULL,
	at BIGINT NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	actor TEXT COLLATE "C",
	account TEXT COLLATE "C",
	detail TEXT COLLATE "C" NOT NULL,
	single_person BOOLEAN NOT NULL,
	PRIMARY KEY (position)
);
CREATE TABLE api_key (
	id TEXT COLLATE "C" NOT NULL,
	scopes TEXT COLLATE "C" NOT NULL,
	made_at BIGINT NOT NULL,
	expires_at BIGINT,
	revoked_at BIGINT,
	recipient TEXT COLLATE "C" DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE api_key_act (
	number SERIAL NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	detail TEXT COLLATE "C" NOT NULL,
	by TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (number)
);
CREATE TABLE app_release (
	id TEXT COLLATE "C" NOT NULL,
	app TEXT COLLATE "C" NOT NULL,
	file_name TEXT COLLATE "C" NOT NULL,
	sha256 TEXT COLLATE "C" NOT NULL,
	size BIGINT NOT NULL,
	submitted_by TEXT COLLATE "C" NOT NULL,
	submitted_at BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	changed_at BIGINT NOT NULL,
	error TEXT COLLATE "C" NOT NULL,
	result TEXT COLLATE "C",
	decision TEXT COLLATE "C",
	PRIMARY KEY (id)
);
CREATE INDEX app_release_app ON app_release (app, state, changed_at);
CREATE INDEX app_release_state ON app_release (state, submitted_at);
CREATE TABLE automated_decision (
	key TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	position BIGINT,
	at BIGINT NOT NULL,
	personal BOOLEAN NOT NULL,
	"off" BOOLEAN NOT NULL,
	alarms TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (key)
);
CREATE INDEX automated_decision_at ON automated_decision (at);
CREATE INDEX automated_decision_person ON automated_decision (person, at);
CREATE INDEX automated_decision_position ON automated_decision (position);
CREATE TABLE board_status (
	day TEXT COLLATE "C" NOT NULL,
	duty TEXT COLLATE "C" NOT NULL,
	status TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (day, duty)
);
CREATE INDEX board_status_position ON board_status (position);
CREATE TABLE border_alias (
	ordinal BIGSERIAL NOT NULL,
	root BIGINT NOT NULL,
	PRIMARY KEY (ordinal)
);
CREATE INDEX border_alias_root ON border_alias (root);
CREATE TABLE border_plane (
	day TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	sort TEXT COLLATE "C" NOT NULL,
	scene TEXT COLLATE "C" NOT NULL,
	chunk BIGINT NOT NULL,
	people BYTEA NOT NULL,
	PRIMARY KEY (day, recipient, sort, scene, chunk)
);
CREATE TABLE border_state (
	id SERIAL NOT NULL,
	position BIGINT NOT NULL,
	at_most BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE consent_act (
	position BIGINT NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	fingerprint TEXT COLLATE "C" NOT NULL,
	form TEXT COLLATE "C" NOT NULL,
	by_guardian BOOLEAN NOT NULL,
	until BIGINT,
	notice TEXT COLLATE "C" NOT NULL,
	lang TEXT COLLATE "C" NOT NULL,
	surface TEXT COLLATE "C" NOT NULL,
	steps INTEGER NOT NULL,
	relation TEXT COLLATE "C",
	method TEXT COLLATE "C",
	guardian TEXT COLLATE "C",
	reason TEXT COLLATE "C" NOT NULL,
	prompt TEXT COLLATE "C" NOT NULL,
	register TEXT COLLATE "C" NOT NULL,
	law TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (position, person)
) PARTITION BY HASH (person);
CREATE TABLE consent_act_00 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE consent_act_01 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE consent_act_02 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE consent_act_03 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE consent_act_04 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE consent_act_05 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE consent_act_06 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE consent_act_07 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE consent_act_08 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE consent_act_09 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE consent_act_10 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE consent_act_11 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE consent_act_12 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE consent_act_13 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE consent_act_14 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE consent_act_15 PARTITION OF consent_act FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE INDEX consent_act_person ON consent_act (person, item);
CREATE INDEX consent_act_until ON consent_act (until) WHERE until IS NOT NULL;
CREATE TABLE consent_day (
	day INTEGER NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	act TEXT COLLATE "C" NOT NULL,
	records BIGINT NOT NULL,
	people BIGINT NOT NULL,
	PRIMARY KEY (day, item, act)
);
CREATE TABLE consent_follow_up (
	withdrawal BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	due BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	done_at BIGINT,
	done BIGINT,
	PRIMARY KEY (withdrawal, kind, recipient)
);
CREATE INDEX consent_follow_up_due ON consent_follow_up (state, due);
CREATE INDEX consent_follow_up_person ON consent_follow_up (person);
CREATE TABLE consent_merge (
	position BIGSERIAL NOT NULL,
	at BIGINT NOT NULL,
	one TEXT COLLATE "C" NOT NULL,
	other TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX consent_merge_one ON consent_merge (one);
CREATE INDEX consent_merge_other ON consent_merge (other);
CREATE TABLE consent_person (
	person TEXT COLLATE "C" NOT NULL,
	ordinal BIGINT NOT NULL,
	deletion BOOLEAN NOT NULL,
	PRIMARY KEY (person),
	UNIQUE (ordinal)
);
CREATE INDEX consent_person_deletion ON consent_person (ordinal) WHERE deletion;
CREATE TABLE consent_setting (
	position BIGINT NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	what TEXT COLLATE "C" NOT NULL,
	allows BOOLEAN NOT NULL,
	PRIMARY KEY (position, person)
) PARTITION BY HASH (person);
CREATE TABLE consent_setting_00 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE consent_setting_01 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE consent_setting_02 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE consent_setting_03 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE consent_setting_04 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE consent_setting_05 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE consent_setting_06 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE consent_setting_07 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE consent_setting_08 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE consent_setting_09 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE consent_setting_10 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE consent_setting_11 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE consent_setting_12 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE consent_setting_13 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE consent_setting_14 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE consent_setting_15 PARTITION OF consent_setting FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE INDEX consent_setting_person ON consent_setting (person);
CREATE TABLE consent_state (
	id SERIAL NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE control_newest (
	control TEXT COLLATE "C" NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (control)
);
CREATE TABLE control_run (
	position BIGSERIAL NOT NULL,
	control TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	outcome TEXT COLLATE "C" NOT NULL,
	looked_at BIGINT NOT NULL,
	wrong BIGINT NOT NULL,
	why TEXT COLLATE "C",
	digest TEXT COLLATE "C" NOT NULL,
	register TEXT COLLATE "C" NOT NULL,
	faults TEXT COLLATE "C" NOT NULL,
	newest TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (position)
);
CREATE INDEX control_run_at ON control_run (at);
CREATE TABLE dossier (
	id TEXT COLLATE "C" NOT NULL,
	sort TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	handed_in TEXT COLLATE "C" NOT NULL,
	opened_at BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	final_at BIGINT,
	due_at BIGINT,
	PRIMARY KEY (id)
);
CREATE INDEX dossier_handed_in ON dossier (handed_in);
CREATE INDEX dossier_person ON dossier (person);
CREATE INDEX dossier_sort ON dossier (sort, final_at, due_at);
CREATE TABLE entry_code (
	code TEXT COLLATE "C" NOT NULL,
	expires_at BIGINT NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	app TEXT COLLATE "C" NOT NULL,
	guardian TEXT COLLATE "C",
	birth_date TEXT COLLATE "C",
	authenticated_at BIGINT,
	since BIGINT NOT NULL,
	session_expires_at BIGINT NOT NULL,
	account BYTEA,
	PRIMARY KEY (code)
);
CREATE TABLE individual (
	person TEXT COLLATE "C" NOT NULL,
	birth_date TEXT COLLATE "C",
	account TEXT COLLATE "C",
	PRIMARY KEY (person)
);
CREATE INDEX individual_birth_date ON individual (birth_date);
CREATE TABLE individual_session (
	token TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	app TEXT COLLATE "C" NOT NULL,
	guardian TEXT COLLATE "C",
	birth_date TEXT COLLATE "C",
	authenticated_at BIGINT,
	since BIGINT NOT NULL,
	session_expires_at BIGINT NOT NULL,
	account BYTEA,
	PRIMARY KEY (token)
);
CREATE TABLE kit_vetting (
	id TEXT COLLATE "C" NOT NULL,
	asks TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	version TEXT COLLATE "C" NOT NULL,
	file_name TEXT COLLATE "C" NOT NULL,
	sha256 TEXT COLLATE "C" NOT NULL,
	size BIGINT NOT NULL,
	submitted_by TEXT COLLATE "C" NOT NULL,
	submitted_at BIGINT NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	changed_at BIGINT NOT NULL,
	error TEXT COLLATE "C" NOT NULL,
	result TEXT COLLATE "C",
	ruling TEXT COLLATE "C",
	withdraws TEXT COLLATE "C",
	why TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX kit_vetting_state ON kit_vetting (state, submitted_at);
CREATE TABLE register_version (
	position SERIAL NOT NULL,
	id TEXT COLLATE "C" NOT NULL,
	data BYTEA NOT NULL,
	signature BYTEA NOT NULL,
	public_key BYTEA NOT NULL,
	at BIGINT NOT NULL,
	by TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (position),
	UNIQUE (id)
);
CREATE TABLE rights_hold (
	id TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	of_table TEXT COLLATE "C" NOT NULL,
	reason_zh TEXT COLLATE "C" NOT NULL,
	reason_en TEXT COLLATE "C",
	until BIGINT,
	secret INTEGER NOT NULL,
	since BIGINT NOT NULL,
	set_by TEXT COLLATE "C" NOT NULL,
	lifted_at BIGINT,
	lifted_by TEXT COLLATE "C" NOT NULL,
	settled INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_hold_person ON rights_hold (person);
CREATE TABLE rights_look (
	request TEXT COLLATE "C" NOT NULL,
	stage TEXT COLLATE "C",
	body BYTEA,
	PRIMARY KEY (request)
);
CREATE INDEX rights_look_stage ON rights_look (stage);
CREATE TABLE rights_notification (
	id TEXT COLLATE "C" NOT NULL,
	body BYTEA,
	attempts INTEGER NOT NULL,
	at BIGINT NOT NULL,
	next_at BIGINT,
	lost INTEGER NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_notification_next ON rights_notification (next_at);
CREATE TABLE rights_request (
	id TEXT COLLATE "C" NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	stage TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	received BIGINT NOT NULL,
	due_on TEXT COLLATE "C" NOT NULL,
	next_at BIGINT,
	body BYTEA NOT NULL,
	sealed BYTEA,
	fence INTEGER NOT NULL,
	lease_owner TEXT COLLATE "C" NOT NULL,
	lease_until BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX rights_request_next ON rights_request (next_at);
CREATE INDEX rights_request_person ON rights_request (person);
CREATE INDEX rights_request_stage ON rights_request (stage, due_on);
CREATE TABLE rights_suppression (
	person TEXT COLLATE "C" NOT NULL,
	since BIGINT NOT NULL,
	request TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (person)
);
CREATE TABLE saved_filter (
	id TEXT COLLATE "C" NOT NULL,
	owner TEXT COLLATE "C" NOT NULL,
	place TEXT COLLATE "C" NOT NULL,
	query TEXT COLLATE "C" NOT NULL,
	name TEXT COLLATE "C" NOT NULL,
	shared BOOLEAN NOT NULL,
	made_at BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE INDEX saved_filter_owner ON saved_filter (owner);
CREATE TABLE sign_in_failure (
	name_key TEXT COLLATE "C" NOT NULL,
	count INTEGER NOT NULL,
	last_at BIGINT NOT NULL,
	locked_until BIGINT,
	PRIMARY KEY (name_key)
);
CREATE TABLE sign_in_flow (
	state TEXT COLLATE "C" NOT NULL,
	browser TEXT COLLATE "C" NOT NULL,
	nonce TEXT COLLATE "C" NOT NULL,
	verifier TEXT COLLATE "C" NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (state)
);
CREATE TABLE use_person (
	ordinal BIGSERIAL NOT NULL,
	person TEXT COLLATE "C" NOT NULL,
	deletion BIGINT,
	PRIMARY KEY (ordinal),
	UNIQUE (person)
);
CREATE TABLE use_record (
	position BIGINT NOT NULL,
	ordinal BIGINT NOT NULL,
	at BIGINT NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	activity TEXT COLLATE "C" NOT NULL,
	recipient TEXT COLLATE "C" NOT NULL,
	item TEXT COLLATE "C" NOT NULL,
	register TEXT COLLATE "C" NOT NULL,
	outcome TEXT COLLATE "C" NOT NULL,
	rules TEXT COLLATE "C" NOT NULL,
	categories TEXT COLLATE "C",
	consents TEXT COLLATE "C" NOT NULL,
	request TEXT COLLATE "C" NOT NULL,
	seen BIGINT NOT NULL,
	started BOOLEAN NOT NULL,
	age TEXT COLLATE "C" NOT NULL,
	count BIGINT NOT NULL,
	permitted BIGINT NOT NULL,
	PRIMARY KEY (position, ordinal)
) PARTITION BY HASH (ordinal);
CREATE TABLE use_record_00 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 0);
CREATE TABLE use_record_01 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 1);
CREATE TABLE use_record_02 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 2);
CREATE TABLE use_record_03 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 3);
CREATE TABLE use_record_04 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 4);
CREATE TABLE use_record_05 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 5);
CREATE TABLE use_record_06 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 6);
CREATE TABLE use_record_07 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 7);
CREATE TABLE use_record_08 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 8);
CREATE TABLE use_record_09 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 9);
CREATE TABLE use_record_10 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 10);
CREATE TABLE use_record_11 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 11);
CREATE TABLE use_record_12 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 12);
CREATE TABLE use_record_13 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 13);
CREATE TABLE use_record_14 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 14);
CREATE TABLE use_record_15 PARTITION OF use_record FOR VALUES WITH (MODULUS 16, REMAINDER 15);
CREATE INDEX use_record_kind ON use_record (kind, at);
CREATE INDEX use_record_of ON use_record (ordinal, at);
CREATE TABLE use_state (
	id SERIAL NOT NULL,
	position BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE used_token (
	token_id TEXT COLLATE "C" NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (token_id)
);
CREATE TABLE api_key_secret (
	hash TEXT COLLATE "C" NOT NULL,
	key TEXT COLLATE "C" NOT NULL,
	valid_until BIGINT,
	PRIMARY KEY (hash),
	FOREIGN KEY(key) REFERENCES api_key (id)
);
CREATE INDEX api_key_secret_key ON api_key_secret (key);
CREATE TABLE dossier_act (
	dossier TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	what TEXT COLLATE "C" NOT NULL,
	by TEXT COLLATE "C" NOT NULL,
	party TEXT COLLATE "C" NOT NULL,
	at BIGINT NOT NULL,
	single_person BOOLEAN NOT NULL,
	fields TEXT COLLATE "C" NOT NULL,
	digest TEXT COLLATE "C" NOT NULL,
	sealed BYTEA,
	position BIGINT,
	PRIMARY KEY (dossier, number),
	FOREIGN KEY(dossier) REFERENCES dossier (id)
);
CREATE INDEX dossier_act_position ON dossier_act (position);
CREATE TABLE link (
	token TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	role TEXT COLLATE "C" NOT NULL,
	account TEXT COLLATE "C",
	created_by TEXT COLLATE "C",
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id),
	FOREIGN KEY(created_by) REFERENCES account (id)
);
CREATE TABLE recovery_code (
	account TEXT COLLATE "C" NOT NULL,
	code TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (account, code),
	FOREIGN KEY(account) REFERENCES account (id)
);
CREATE TABLE rights_line (
	request TEXT COLLATE "C" NOT NULL,
	number INTEGER NOT NULL,
	at BIGINT NOT NULL,
	event TEXT COLLATE "C",
	stage TEXT COLLATE "C" NOT NULL,
	by TEXT COLLATE "C" NOT NULL,
	note TEXT COLLATE "C" NOT NULL,
	position BIGINT,
	PRIMARY KEY (request, number),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_line_position ON rights_line (position);
CREATE TABLE rights_notice (
	id TEXT COLLATE "C" NOT NULL,
	request TEXT COLLATE "C" NOT NULL,
	outside BYTEA NOT NULL,
	state TEXT COLLATE "C" NOT NULL,
	attempts INTEGER NOT NULL,
	next_at BIGINT,
	PRIMARY KEY (id),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_notice_next ON rights_notice (next_at);
CREATE INDEX rights_notice_request ON rights_notice (request);
CREATE TABLE rights_task (
	id TEXT COLLATE "C" NOT NULL,
	request TEXT COLLATE "C" NOT NULL,
	kind TEXT COLLATE "C" NOT NULL,
	store TEXT COLLATE "C" NOT NULL,
	what_zh TEXT COLLATE "C" NOT NULL,
	what_en TEXT COLLATE "C",
	since BIGINT NOT NULL,
	done_by TEXT COLLATE "C" NOT NULL,
	done_at BIGINT,
	note TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(request) REFERENCES rights_request (id)
);
CREATE INDEX rights_task_open ON rights_task (done_at, since);
CREATE INDEX rights_task_request ON rights_task (request);
CREATE TABLE staff_session (
	token TEXT COLLATE "C" NOT NULL,
	account TEXT COLLATE "C" NOT NULL,
	stage TEXT COLLATE "C" NOT NULL,
	opened_at BIGINT NOT NULL,
	seen_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	pending_totp BYTEA,
	tries INTEGER NOT NULL,
	PRIMARY KEY (token),
	FOREIGN KEY(account) REFERENCES account (id)
);
CREATE INDEX staff_session_account ON staff_session (account);
CREATE TABLE individual_change (
	person TEXT COLLATE "C" NOT NULL,
	number BIGINT NOT NULL,
	PRIMARY KEY (person),
	UNIQUE (number)
);
CREATE TABLE lease (
	id INTEGER NOT NULL,
	fence BIGINT NOT NULL,
	holder TEXT COLLATE "C" NOT NULL,
	address TEXT COLLATE "C" NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (id)
);
CREATE TABLE log_batch (
	first BIGINT NOT NULL,
	records INTEGER NOT NULL,
	fence BIGINT NOT NULL,
	data BYTEA NOT NULL,
	PRIMARY KEY (first)
);
CREATE TABLE log_end (
	id INTEGER NOT NULL,
	origin TEXT COLLATE "C" NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (id)
);
