package com.example.asynclambdacustom;

import android.app.Activity;

public class Main extends Activity { }
