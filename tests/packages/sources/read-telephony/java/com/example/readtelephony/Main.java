package com.example.readtelephony;

import android.app.Activity;

public class Main extends Activity { }
