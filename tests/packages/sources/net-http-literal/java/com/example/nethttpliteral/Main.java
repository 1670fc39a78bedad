package com.example.nethttpliteral;

import android.app.Activity;

public class Main extends Activity { }
