package com.example.asynclazy;

import android.app.Activity;

public class Main extends Activity { }
