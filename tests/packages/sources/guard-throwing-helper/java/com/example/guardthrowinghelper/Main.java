package com.example.guardthrowinghelper;

import android.app.Activity;

public class Main extends Activity { }
