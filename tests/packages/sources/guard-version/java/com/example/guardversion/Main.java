package com.example.guardversion;

import android.app.Activity;

public class Main extends Activity { }
