package com.example.usualstreams;

import android.app.Activity;

public class Main extends Activity { }
