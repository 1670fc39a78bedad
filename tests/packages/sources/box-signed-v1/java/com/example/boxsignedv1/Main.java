package com.example.boxsignedv1;

import android.app.Activity;

public class Main extends Activity { }
