package com.example.setexported;

import android.app.Activity;

public class Open extends Activity { }
