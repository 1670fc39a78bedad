package com.example.partbootreceiver;

import android.app.Activity;

public class Main extends Activity { }
