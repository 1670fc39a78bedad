package com.example.covertcapture;

import android.app.Activity;

public class Main extends Activity { }
