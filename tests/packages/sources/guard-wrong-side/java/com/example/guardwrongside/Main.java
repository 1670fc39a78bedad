package com.example.guardwrongside;

import android.app.Activity;

public class Main extends Activity { }
