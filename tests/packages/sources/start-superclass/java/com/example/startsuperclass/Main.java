package com.example.startsuperclass;

import android.app.Activity;

public class Main extends Activity { }
