package com.example.hidestrings;

import android.app.Activity;

public class Main extends Activity { }
