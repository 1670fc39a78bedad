package com.example.guardfirstrunonly;

import android.app.Activity;

public class Main extends Activity { }
