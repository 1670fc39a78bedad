package com.example.guardoneway;

import android.app.Activity;

public class Main extends Activity { }
