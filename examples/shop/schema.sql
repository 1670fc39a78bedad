-- The sample operator's database, in SQL that SQLite, PostgreSQL and MariaDB all take.
-- Money is integer fen, instants are UTC without a zone mark, flags are 0 or 1.

CREATE TABLE customers (
    customer_id INTEGER NOT NULL PRIMARY KEY,
    account_name VARCHAR(40) NOT NULL UNIQUE,
    nickname VARCHAR(40) NOT NULL,
    avatar_key VARCHAR(80),
    email VARCHAR(120) UNIQUE,
    gender CHAR(1) CHECK (gender IN ('f', 'm')),
    birth_date DATE,
    registered_at TIMESTAMP NOT NULL,
    referred_by INTEGER REFERENCES customers (customer_id),
    status VARCHAR(12) NOT NULL CHECK (status IN ('active', 'cancelled', 'suspended')),
    cancelled_at TIMESTAMP NULL,
    CHECK ((status = 'cancelled' AND cancelled_at IS NOT NULL) OR (status <> 'cancelled' AND cancelled_at IS NULL)),
    CHECK (referred_by IS NULL OR referred_by <> customer_id)
);

CREATE TABLE login_methods (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    kind VARCHAR(12) NOT NULL CHECK (kind IN ('phone', 'wechat')),
    identifier VARCHAR(64) NOT NULL,
    password_hash VARCHAR(120),
    verified_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, kind),
    UNIQUE (kind, identifier)
);

CREATE TABLE addresses (
    address_id INTEGER NOT NULL PRIMARY KEY,
    recipient_name VARCHAR(60) NOT NULL,
    recipient_phone VARCHAR(20) NOT NULL,
    division_code CHAR(6) NOT NULL,
    province VARCHAR(40) NOT NULL,
    city VARCHAR(40) NOT NULL,
    district VARCHAR(40) NOT NULL,
    detail VARCHAR(160) NOT NULL,
    postcode CHAR(6) NOT NULL,
    created_at TIMESTAMP NOT NULL
);

-- One address may serve a whole household; a gift goes to somebody who is no customer.
CREATE TABLE customer_addresses (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    address_id INTEGER NOT NULL REFERENCES addresses (address_id),
    use_kind VARCHAR(10) NOT NULL CHECK (use_kind IN ('own', 'household', 'work', 'gift')),
    is_default SMALLINT NOT NULL CHECK (is_default IN (0, 1)),
    PRIMARY KEY (customer_id, address_id)
);

CREATE TABLE children_profiles (
    child_id INTEGER NOT NULL PRIMARY KEY,
    guardian_id INTEGER NOT NULL REFERENCES customers (customer_id),
    child_customer_id INTEGER UNIQUE REFERENCES customers (customer_id),
    call_name VARCHAR(40) NOT NULL,
    birth_month CHAR(7) NOT NULL,
    gender CHAR(1) CHECK (gender IN ('f', 'm')),
    shoe_or_clothes_size VARCHAR(20),
    relation VARCHAR(12) NOT NULL CHECK (relation IN ('father', 'mother', 'grandparent', 'other')),
    relation_checked_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CHECK (child_customer_id IS NULL OR child_customer_id <> guardian_id)
);

CREATE TABLE real_name_records (
    customer_id INTEGER NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    full_name VARCHAR(60) NOT NULL,
    id_number CHAR(18) NOT NULL UNIQUE,
    purpose VARCHAR(20) NOT NULL CHECK (purpose IN ('cross_border')),
    result VARCHAR(10) NOT NULL CHECK (result IN ('match', 'mismatch')),
    checked_at TIMESTAMP NOT NULL
);

CREATE TABLE device_profiles (
    device_id INTEGER NOT NULL PRIMARY KEY,
    platform VARCHAR(12) NOT NULL CHECK (platform IN ('android', 'ios', 'harmony', 'miniprogram')),
    model VARCHAR(60) NOT NULL,
    os_version VARCHAR(20) NOT NULL,
    install_key CHAR(32) NOT NULL UNIQUE,
    ad_identifier CHAR(36),
    app_version VARCHAR(12) NOT NULL,
    first_seen_at TIMESTAMP NOT NULL
);

-- A family tablet is one device of several customers.
CREATE TABLE device_logins (
    device_id INTEGER NOT NULL REFERENCES device_profiles (device_id),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    last_ip VARCHAR(45) NOT NULL,
    last_login_at TIMESTAMP NOT NULL,
    PRIMARY KEY (device_id, customer_id)
);

CREATE TABLE push_tokens (
    device_id INTEGER NOT NULL REFERENCES device_profiles (device_id),
    channel VARCHAR(12) NOT NULL CHECK (channel IN ('huawei', 'xiaomi', 'oppo', 'vivo', 'apns', 'getui')),
    token VARCHAR(80) NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (device_id, channel),
    UNIQUE (channel, token)
);

CREATE TABLE ad_settings (
    customer_id INTEGER NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    personalised_ads SMALLINT NOT NULL CHECK (personalised_ads IN (0, 1)),
    personalised_feed SMALLINT NOT NULL CHECK (personalised_feed IN (0, 1)),
    marketing_push SMALLINT NOT NULL CHECK (marketing_push IN (0, 1)),
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE product_categories (
    category_id INTEGER NOT NULL PRIMARY KEY,
    parent_id INTEGER REFERENCES product_categories (category_id),
    title VARCHAR(40) NOT NULL
);

CREATE TABLE products (
    product_id INTEGER NOT NULL PRIMARY KEY,
    category_id INTEGER NOT NULL REFERENCES product_categories (category_id),
    title VARCHAR(120) NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),
    is_cross_border SMALLINT NOT NULL CHECK (is_cross_border IN (0, 1)),
    listed_at TIMESTAMP NOT NULL
);

CREATE TABLE coupons (
    coupon_id INTEGER NOT NULL PRIMARY KEY,
    title VARCHAR(80) NOT NULL,
    open_to VARCHAR(20) NOT NULL CHECK (open_to IN ('everybody', 'new_customers', 'campaign')),
    off_fen INTEGER NOT NULL CHECK (off_fen > 0),
    from_fen INTEGER NOT NULL CHECK (from_fen >= off_fen),
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    CHECK (valid_to > valid_from)
);

CREATE TABLE carts (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, product_id)
);

CREATE TABLE favourites (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, product_id)
);

-- The recipient is copied into the order: an address may change, a contract does not.
CREATE TABLE orders (
    order_id INTEGER NOT NULL PRIMARY KEY,
    order_no CHAR(18) NOT NULL UNIQUE,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    receiver_name VARCHAR(60) NOT NULL,
    receiver_phone VARCHAR(20) NOT NULL,
    receiver_address VARCHAR(240) NOT NULL,
    customer_note VARCHAR(200),
    status VARCHAR(12) NOT NULL CHECK (status IN ('placed', 'paid', 'shipped', 'done', 'closed')),
    goods_fen INTEGER NOT NULL CHECK (goods_fen >= 0),
    coupon_fen INTEGER NOT NULL CHECK (coupon_fen >= 0),
    total_fen INTEGER NOT NULL CHECK (total_fen = goods_fen - coupon_fen),
    placed_at TIMESTAMP NOT NULL
);

CREATE TABLE order_items (
    order_id INTEGER NOT NULL REFERENCES orders (order_id),
    line_no INTEGER NOT NULL CHECK (line_no BETWEEN 1 AND 50),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    unit_price_fen INTEGER NOT NULL CHECK (unit_price_fen > 0),
    PRIMARY KEY (order_id, line_no)
);

CREATE TABLE customer_coupons (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    coupon_id INTEGER NOT NULL REFERENCES coupons (coupon_id),
    taken_at TIMESTAMP NOT NULL,
    used_order_id INTEGER REFERENCES orders (order_id),
    PRIMARY KEY (customer_id, coupon_id)
);

CREATE TABLE payments (
    payment_id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (order_id),
    channel VARCHAR(12) NOT NULL CHECK (channel IN ('alipay', 'wechat_pay', 'unionpay')),
    channel_trade_no VARCHAR(40) NOT NULL UNIQUE,
    payer_account VARCHAR(60) NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    paid_at TIMESTAMP NOT NULL
);

-- Money goes back the way it came; where that way is closed, to a bank card the customer names.
CREATE TABLE refunds (
    refund_id INTEGER NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (payment_id),
    order_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    reason VARCHAR(200) NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    card_holder VARCHAR(60),
    card_number VARCHAR(19),
    asked_at TIMESTAMP NOT NULL,
    refunded_at TIMESTAMP NULL,
    FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no),
    UNIQUE (order_id, line_no),
    CHECK ((card_holder IS NULL) = (card_number IS NULL))
);

CREATE TABLE invoices (
    invoice_id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (order_id),
    title_kind VARCHAR(10) NOT NULL CHECK (title_kind IN ('person', 'company')),
    title_name VARCHAR(120) NOT NULL,
    taxpayer_no CHAR(18),
    email VARCHAR(120) NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    issued_at TIMESTAMP NOT NULL,
    CHECK (title_kind = 'person' OR taxpayer_no IS NOT NULL)
);

-- What the courier was given, and when.
CREATE TABLE shipment_provisions (
    shipment_id INTEGER NOT NULL PRIMARY KEY,
    order_id INTEGER NOT NULL UNIQUE REFERENCES orders (order_id),
    courier VARCHAR(20) NOT NULL CHECK (courier IN ('yunlu', 'fanxing')),
    waybill_no VARCHAR(20) NOT NULL UNIQUE,
    receiver_name VARCHAR(60) NOT NULL,
    virtual_phone VARCHAR(20) NOT NULL,
    receiver_address VARCHAR(240) NOT NULL,
    provided_at TIMESTAMP NOT NULL,
    delivered_at TIMESTAMP NULL
);

CREATE TABLE reviews (
    review_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    order_id INTEGER NOT NULL,
    line_no INTEGER NOT NULL,
    shown_name VARCHAR(40) NOT NULL,
    stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
    body VARCHAR(500) NOT NULL,
    is_public SMALLINT NOT NULL CHECK (is_public IN (0, 1)),
    written_at TIMESTAMP NOT NULL,
    FOREIGN KEY (order_id, line_no) REFERENCES order_items (order_id, line_no),
    UNIQUE (order_id, line_no)
);

CREATE TABLE browse_history (
    browse_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    device_id INTEGER NOT NULL REFERENCES device_profiles (device_id),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    stayed_s INTEGER NOT NULL CHECK (stayed_s >= 0),
    seen_at TIMESTAMP NOT NULL
);

CREATE TABLE search_history (
    search_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    words VARCHAR(80) NOT NULL,
    by_voice SMALLINT NOT NULL CHECK (by_voice IN (0, 1)),
    searched_at TIMESTAMP NOT NULL
);

CREATE TABLE location_log (
    location_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    latitude_e6 INTEGER NOT NULL CHECK (latitude_e6 BETWEEN -90000000 AND 90000000),
    longitude_e6 INTEGER NOT NULL CHECK (longitude_e6 BETWEEN -180000000 AND 180000000),
    accuracy_m INTEGER NOT NULL CHECK (accuracy_m > 0),
    located_at TIMESTAMP NOT NULL
);

CREATE TABLE videos (
    video_id INTEGER NOT NULL PRIMARY KEY,
    author_id INTEGER REFERENCES customers (customer_id),
    product_id INTEGER REFERENCES products (product_id),
    title VARCHAR(120) NOT NULL,
    length_s INTEGER NOT NULL CHECK (length_s > 0),
    published_at TIMESTAMP NOT NULL
);

CREATE TABLE video_views (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    video_id INTEGER NOT NULL REFERENCES videos (video_id),
    watched_s INTEGER NOT NULL CHECK (watched_s >= 0),
    liked SMALLINT NOT NULL CHECK (liked IN (0, 1)),
    viewed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, video_id)
);

CREATE TABLE video_comments (
    comment_id INTEGER NOT NULL PRIMARY KEY,
    video_id INTEGER NOT NULL REFERENCES videos (video_id),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    answers_id INTEGER REFERENCES video_comments (comment_id),
    body VARCHAR(300) NOT NULL,
    province_shown VARCHAR(40) NOT NULL,
    written_at TIMESTAMP NOT NULL,
    CHECK (answers_id IS NULL OR answers_id < comment_id)
);

CREATE TABLE feed_labels (
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    label VARCHAR(40) NOT NULL,
    weight_permille INTEGER NOT NULL CHECK (weight_permille BETWEEN 0 AND 1000),
    learned_from VARCHAR(10) NOT NULL CHECK (learned_from IN ('browse', 'video', 'chosen')),
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (customer_id, label)
);

-- Both sides of a talk with customer service.
CREATE TABLE chat_messages (
    message_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    order_id INTEGER REFERENCES orders (order_id),
    side VARCHAR(10) NOT NULL CHECK (side IN ('customer', 'staff')),
    staff_no VARCHAR(12),
    body VARCHAR(500) NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    CHECK ((side = 'staff') = (staff_no IS NOT NULL))
);

-- A polymorphic reference: owner_id points into the table that owner_kind names.
CREATE TABLE attachments (
    attachment_id INTEGER NOT NULL PRIMARY KEY,
    owner_kind VARCHAR(16) NOT NULL CHECK (owner_kind IN ('review', 'refund', 'chat_message')),
    owner_id INTEGER NOT NULL,
    file_key VARCHAR(80) NOT NULL UNIQUE,
    media_type VARCHAR(20) NOT NULL CHECK (media_type IN ('image/jpeg', 'video/mp4')),
    uploaded_at TIMESTAMP NOT NULL
);

CREATE TABLE campaigns (
    campaign_id INTEGER NOT NULL PRIMARY KEY,
    title VARCHAR(80) NOT NULL,
    kind VARCHAR(10) NOT NULL CHECK (kind IN ('joint', 'raffle')),
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    CHECK (closes_at > opens_at)
);

CREATE TABLE campaign_participants (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (campaign_id),
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    contact_name VARCHAR(60) NOT NULL,
    contact_phone VARCHAR(20) NOT NULL,
    answer VARCHAR(200),
    joined_at TIMESTAMP NOT NULL,
    given_to_partner_at TIMESTAMP NULL,
    PRIMARY KEY (campaign_id, customer_id)
);

CREATE TABLE raffle_winners (
    campaign_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    prize VARCHAR(80) NOT NULL,
    shown_name VARCHAR(40) NOT NULL,
    shown_phone VARCHAR(20) NOT NULL,
    publication_agreed_at TIMESTAMP NULL,
    published_at TIMESTAMP NULL,
    PRIMARY KEY (campaign_id, customer_id),
    FOREIGN KEY (campaign_id, customer_id) REFERENCES campaign_participants (campaign_id, customer_id),
    CHECK (published_at IS NULL OR publication_agreed_at IS NOT NULL)
);

CREATE TABLE crash_reports (
    crash_id INTEGER NOT NULL PRIMARY KEY,
    device_id INTEGER NOT NULL REFERENCES device_profiles (device_id),
    app_version VARCHAR(12) NOT NULL,
    failure VARCHAR(160) NOT NULL,
    sent_to VARCHAR(12) NOT NULL CHECK (sent_to IN ('bugly', 'sentry')),
    crashed_at TIMESTAMP NOT NULL
);

CREATE TABLE risk_events (
    event_id INTEGER NOT NULL PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    device_id INTEGER NOT NULL REFERENCES device_profiles (device_id),
    ip VARCHAR(45) NOT NULL,
    kind VARCHAR(20) NOT NULL CHECK (kind IN ('login_guess', 'coupon_farming', 'payment_doubt')),
    outcome VARCHAR(12) NOT NULL CHECK (outcome IN ('passed', 'step_up', 'held')),
    seen_by_person SMALLINT NOT NULL CHECK (seen_by_person IN (0, 1)),
    raised_at TIMESTAMP NOT NULL
);

CREATE TABLE audit_trail (
    entry_id INTEGER NOT NULL PRIMARY KEY,
    actor_kind VARCHAR(10) NOT NULL CHECK (actor_kind IN ('staff', 'system')),
    actor VARCHAR(20) NOT NULL,
    act VARCHAR(40) NOT NULL,
    row_of VARCHAR(40) NOT NULL,
    row_key VARCHAR(40) NOT NULL,
    customer_id INTEGER REFERENCES customers (customer_id),
    reason VARCHAR(120) NOT NULL,
    done_at TIMESTAMP NOT NULL
);

CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX browse_by_customer ON browse_history (customer_id);
CREATE INDEX search_by_customer ON search_history (customer_id);
CREATE INDEX location_by_customer ON location_log (customer_id);
CREATE INDEX comments_by_customer ON video_comments (customer_id);
CREATE INDEX chat_by_customer ON chat_messages (customer_id);
CREATE INDEX reviews_by_customer ON reviews (customer_id);
CREATE INDEX attachments_by_owner ON attachments (owner_kind, owner_id);
CREATE INDEX crashes_by_device ON crash_reports (device_id);
CREATE INDEX risk_by_customer ON risk_events (customer_id);
