package com.example.packshell;

import android.app.Activity;

public class Main extends Activity { }
