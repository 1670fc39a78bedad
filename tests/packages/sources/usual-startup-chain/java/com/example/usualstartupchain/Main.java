package com.example.usualstartupchain;

import android.app.Activity;

public class Main extends Activity { }
