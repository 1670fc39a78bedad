package com.example.guardloadedobject;

import android.app.Activity;

public class Main extends Activity { }
