package com.example.usualevents;

final class PrivacyAgreedEvent { }
