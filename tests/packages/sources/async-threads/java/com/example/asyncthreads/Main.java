package com.example.asyncthreads;

import android.app.Activity;

public class Main extends Activity { }
