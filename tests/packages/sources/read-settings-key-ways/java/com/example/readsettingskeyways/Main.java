package com.example.readsettingskeyways;

import android.app.Activity;

public class Main extends Activity { }
