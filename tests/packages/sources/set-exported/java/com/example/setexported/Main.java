package com.example.setexported;

import android.app.Activity;

public class Main extends Activity { }
