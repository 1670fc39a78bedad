package com.example.guardprefs;

import android.app.Activity;

public class Main extends Activity { }
