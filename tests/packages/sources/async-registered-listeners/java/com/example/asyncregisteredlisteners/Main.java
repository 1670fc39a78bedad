package com.example.asyncregisteredlisteners;

import android.app.Activity;

public class Main extends Activity { }
