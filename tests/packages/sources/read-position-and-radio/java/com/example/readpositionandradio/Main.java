package com.example.readpositionandradio;

import android.app.Activity;

public class Main extends Activity { }
