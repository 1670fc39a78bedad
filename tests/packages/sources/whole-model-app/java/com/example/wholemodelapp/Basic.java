package com.example.wholemodelapp;

import android.app.Activity;

public class Basic extends Activity { }
