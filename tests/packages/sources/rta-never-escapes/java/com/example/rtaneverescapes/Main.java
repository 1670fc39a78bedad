package com.example.rtaneverescapes;

import android.app.Activity;

public class Main extends Activity { }
