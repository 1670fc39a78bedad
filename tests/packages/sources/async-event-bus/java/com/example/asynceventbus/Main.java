package com.example.asynceventbus;

import android.app.Activity;

public class Main extends Activity { }
