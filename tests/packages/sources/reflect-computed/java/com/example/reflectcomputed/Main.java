package com.example.reflectcomputed;

import android.app.Activity;

public class Main extends Activity { }
