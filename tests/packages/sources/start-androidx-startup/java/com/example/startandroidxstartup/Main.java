package com.example.startandroidxstartup;

import android.app.Activity;

public class Main extends Activity { }
