package com.example.guardincaller;

import android.app.Activity;

public class Main extends Activity { }
