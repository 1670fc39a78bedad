package com.example.usualguards;

import android.app.Activity;

public class Main extends Activity { }
