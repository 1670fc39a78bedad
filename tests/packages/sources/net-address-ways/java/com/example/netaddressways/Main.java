package com.example.netaddressways;

import android.app.Activity;

public class Main extends Activity { }
