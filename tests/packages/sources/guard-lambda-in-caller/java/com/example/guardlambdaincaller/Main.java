package com.example.guardlambdaincaller;

import android.app.Activity;

public class Main extends Activity { }
