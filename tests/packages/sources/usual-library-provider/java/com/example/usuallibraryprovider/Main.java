package com.example.usuallibraryprovider;

import android.app.Activity;

public class Main extends Activity { }
